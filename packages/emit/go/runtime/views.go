package grout

import "errors"

// ReleaseAll releases the views of a list. For generated code.
func ReleaseAll[V interface{ Release() error }](views []V) error {
	errs := make([]error, len(views))
	for i, view := range views {
		errs[i] = view.Release()
	}
	return errors.Join(errs...)
}

// ReleaseItems releases the views of the items of a list. For generated code.
func ReleaseItems[T any, P interface {
	*T
	Release() error
}](items []T) error {
	errs := make([]error, len(items))
	for i := range items {
		errs[i] = P(&items[i]).Release()
	}
	return errors.Join(errs...)
}

// Views copies a list of views, as View does one.
func (c *Copier) Views(views []*View, field string) []*View {
	return CopyList(c, views, func(c *Copier, v *View) *View { return c.View(v, field) })
}

// TextViews copies a list of views, as TextView does one.
func (c *Copier) TextViews(views []*TextView, field string) []*TextView {
	return CopyList(c, views, func(c *Copier, v *TextView) *TextView { return c.TextView(v, field) })
}

// Views packs the bytes of a list of views.
func (p *Packer) Views(views []*View) {
	PackList(p, views, (*Packer).View)
}

// TextViews packs the texts of a list of views.
func (p *Packer) TextViews(views []*TextView) {
	PackList(p, views, (*Packer).TextView)
}

// Views unpacks a list of views, as View does one.
func (u *Unpacker) Views(field string) []*View {
	return UnpackList(u, func(u *Unpacker) *View { return u.View(field) })
}

// TextViews unpacks a list of views, as TextView does one.
func (u *Unpacker) TextViews(field string) []*TextView {
	return UnpackList(u, func(u *Unpacker) *TextView { return u.TextView(field) })
}

// packedViews is how views of a response are made of what is packed of them, and those that were.
type packedViews struct {
	opening *Opening
	free    func(owner uintptr)
	made    []*View
}

// UnpackViews is Unpack for a response with views among what is packed: where they lie, instead of their bytes.
func (r *Reader) UnpackViews(n uintptr, opening *Opening, free func(owner uintptr)) *Unpacker {
	unpacker := r.Unpack(n)
	unpacker.views = &packedViews{opening: opening, free: free}
	return unpacker
}

// unpack makes a view of the address, the length and the owner that come next.
func (p *packedViews) unpack(u *Unpacker, field string) *View {
	foreign := ForeignView{uintptr(u.Uint64()), uintptr(u.Uint64()), uintptr(u.Uint64())}
	if u.failed() {
		return nil
	}
	view := foreign.View(p.opening, field, p.free)
	if view != nil {
		p.made = append(p.made, view)
	}
	return view
}

// release gives back what nobody gets, as the response is none.
func (p *packedViews) release() {
	for _, view := range p.made {
		_ = view.Release()
	}
}
