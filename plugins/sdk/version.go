package sdk

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
)

// Semantic Versioning 2.0.0, section "Is there a suggested regular expression".
var versionPattern = regexp.MustCompile(`^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})` +
	`(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?` +
	`(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$`)

const maxVersion = 64 // bytes

// ValidVersion tells whether v is a semantic version such as "1.4.0".
func ValidVersion(v string) bool { return len(v) <= maxVersion && versionPattern.MatchString(v) }

// CompareVersions orders semantic versions by precedence: below 0 if a is older
// than b. What is no version is older than all that are.
func CompareVersions(a, b string) int {
	va, vb := ValidVersion(a), ValidVersion(b)
	if !va || !vb {
		if va == vb {
			return strings.Compare(a, b)
		}
		if vb {
			return -1
		}
		return 1
	}
	pa, pb := versionPattern.FindStringSubmatch(a), versionPattern.FindStringSubmatch(b)
	for i := 1; i <= 3; i++ {
		if c := compareNumbers(pa[i], pb[i]); c != 0 {
			return c
		}
	}
	return comparePrerelease(pa[4], pb[4])
}

// comparePrerelease follows section 11 of Semantic Versioning 2.0.0.
func comparePrerelease(a, b string) int {
	if a == "" || b == "" {
		return cmp.Compare(len(b), len(a)) // a release is newer than its candidates
	}
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(as), len(bs)) {
		_, errA := strconv.ParseUint(as[i], 10, 64)
		_, errB := strconv.ParseUint(bs[i], 10, 64)
		var c int
		switch {
		case errA == nil && errB == nil:
			c = compareNumbers(as[i], bs[i])
		case errA == nil:
			c = -1
		case errB == nil:
			c = 1
		default:
			c = strings.Compare(as[i], bs[i])
		}
		if c != 0 {
			return c
		}
	}
	return cmp.Compare(len(as), len(bs))
}

// compareNumbers orders decimal numbers without leading zeros.
func compareNumbers(a, b string) int {
	if c := cmp.Compare(len(a), len(b)); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}
