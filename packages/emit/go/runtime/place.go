package grout

// place follows which value is being packed or unpacked, and keeps the first reason why one cannot be: names of fields
// are put together from the inside out, and only once something is wrong.
type place struct {
	field  string
	path   string
	reason string
}

// fail keeps the reason, unless there is one already.
func (p *place) fail(reason string) {
	if p.reason == "" {
		p.path, p.reason = p.field, reason
	}
}

func (p *place) failed() bool {
	return p.reason != ""
}

// enter begins what lies in the current field, and returns what leave needs.
func (p *place) enter() (field string, hadFailed bool) {
	field, hadFailed = p.field, p.failed()
	p.field = ""
	return field, hadFailed
}

// leave ends what lies in field.
func (p *place) leave(field string, hadFailed bool) {
	if p.failed() && !hadFailed {
		p.path = joinPath(field, p.path)
	}
	p.field = field
}

// text is the path and the reason, for people.
func (p *place) text() string {
	if p.path == "" {
		return p.reason
	}
	return p.path + ": " + p.reason
}

func joinPath(outer, inner string) string {
	if inner == "" || inner[0] == '[' || outer == "" {
		return outer + inner
	}
	return outer + "." + inner
}
