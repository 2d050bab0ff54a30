package withdata
