// Package machine knows the machines that burn and cut and the materials that
// lie on them, and how long a machine takes for artwork.
//
// Machines and materials are readable files, one each: those of the program in
// machines/ and materials/, and those of a person in folders of the same names
// (see [Open]). Their figures are starting values, to be burned and corrected.
// A machine and a material make a [Setup]: the beam's width, the smallest parts
// that survive, and power, speed and passes of each setting. [Time] tells how
// long a Setup takes, by a model of how a controller accelerates.
//
// It knows no map, layer option, format or credit, and never talks to a machine.
package machine
