package words

import "github.com/mapwright/mapwright/internal/workshop"

// TimedFor says what times are for: "Times are for A on B."
func TimedFor(s workshop.Setup) string {
	text := "Times are for " + s.Machine.Name + " on " + s.Material.Name
	if !s.MachineChosen {
		return text + "; choose your machine at the left."
	}
	return text + "."
}
