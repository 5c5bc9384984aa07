package planar

// roomFor gives n elements, whatever they are, in the room of a slice where that
// is enough. New room is made for some more, since strips are not quite of a size.
func roomFor[T any](room []T, n int) []T {
	if cap(room) < n {
		room = make([]T, n+n/4)
	}
	return room[:n]
}

// zeroed is roomFor with zeros.
func zeroed(room []int32, n int) []int32 {
	room = roomFor(room, n)
	clear(room)
	return room
}
