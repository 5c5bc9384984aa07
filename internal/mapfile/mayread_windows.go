package mapfile

import "os"

// mayRead opens the file, since on Windows its permissions alone don't tell.
func mayRead(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return f.Close()
}
