package planar_test

import (
	"context"
	"fmt"

	"github.com/mapwright/mapwright/internal/planar"
)

// Two streets become one shape, cut to the frame of the board.
func Example() {
	ctx := context.Background()
	streets := []planar.Path{
		{planar.FromMM(-5, 10), planar.FromMM(50, 10)},
		{planar.FromMM(20, -5), planar.FromMM(20, 50)},
	}
	half := 0.5 / planar.Unit // a millimetre wide
	town, err := planar.Stroke(ctx, streets, half, planar.Style{Cap: planar.ButtCap})
	if err != nil {
		fmt.Println(err)
		return
	}
	frame := planar.RectRing(planar.FromMM(0, 0), planar.FromMM(40, 40))
	town, err = planar.Boolean(ctx, planar.Intersection, planar.Rings(town), []planar.Ring{frame}, planar.NonZero)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d shape of %.0f mm²\n", len(town), planar.Area(town)*planar.Unit*planar.Unit)
	// Output: 1 shape of 79 mm²
}
