package carto

import (
	"fmt"
	"strings"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// NoLayerError says that a map has no layer of that name (or id).
type NoLayerError struct {
	Name   string
	Layers []string // the names that there are, top first; may be empty
}

func (e *NoLayerError) Error() string {
	if len(e.Layers) == 0 {
		return fmt.Sprintf("there is no layer %q in this map", e.Name)
	}
	return fmt.Sprintf("there is no layer %q in this map; its layers are %s", e.Name, strings.Join(e.Layers, ", "))
}

// NameTakenError says that another layer has the name already, but for case.
type NameTakenError struct{ Name string }

func (e *NameTakenError) Error() string {
	return fmt.Sprintf("another layer is already called %q (upper and lower case count as the same); choose another name", e.Name)
}

// UnknownOperationError says that there is no such operation.
type UnknownOperationError struct{ Operation artwork.Operation }

func (e *UnknownOperationError) Error() string {
	return fmt.Sprintf("there is no operation %q; use %s", string(e.Operation), joinOr(artwork.Operations()))
}

// UnknownSettingError says that an operation has no such setting.
type UnknownSettingError struct {
	Operation artwork.Operation
	Setting   string
}

func (e *UnknownSettingError) Error() string {
	return fmt.Sprintf("%s has no setting %q; use %s", e.Operation, e.Setting, joinOr(artwork.Settings(e.Operation)))
}

// NoFeatureError says that a layer has no feature of that id.
type NoFeatureError struct {
	Layer string // its name
	ID    int64
}

func (e *NoFeatureError) Error() string {
	return fmt.Sprintf("the layer %q has no shape number %d", e.Layer, e.ID)
}

// joinOr lists choices as a person would: "a, b or c".
func joinOr[S ~string](list []S) string {
	var b strings.Builder
	for i, s := range list {
		switch {
		case i > 0 && i == len(list)-1:
			b.WriteString(" or ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(string(s))
	}
	return b.String()
}
