/** The feature of the crate, on by default, with which it links the archive of Go. */
export const archiveFeature = 'archive';
