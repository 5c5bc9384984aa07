package preflight

import (
	"context"
	"fmt"
	"slices"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// emptyLayers finds layers of which nothing would burn.
func (c *checker) emptyLayers(context.Context) ([]located, error) {
	var found []located
	for i, l := range c.art.Layers {
		if !l.Empty() || l.Operation == artwork.Guide {
			continue
		}
		f := Finding{
			Layer:    l.Name,
			Kind:     EmptyLayer,
			Severity: Warning,
			Message:  fmt.Sprintf("Nothing of %q lies inside the frame, so nothing would burn.", l.Name),
			Fix:      "Leave the layer out, or show a place where it has something.",
			Remedies: []Remedy{hide()},
		}
		switch {
		case slices.Contains(c.options.Covered, l.ID):
			f.Message = fmt.Sprintf("Nothing is left of %q: other layers already burn all of it.", l.Name)
			f.Fix = "Leave the layer out: the others show it."
		case slices.Contains(c.options.Named, l.ID):
			f.Severity = Error
		}
		found = append(found, located{f, i})
	}
	return found, nil
}
