package accountserver

import (
	"strings"
	"testing"
	"time"
)

func TestPlansOnOffer(t *testing.T) {
	t.Parallel()
	plans, err := DefaultPlans()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(plans.IDs(), " "); got != "trial hobby creator" {
		t.Errorf("the plans are %s", got)
	}
	for _, want := range []Plan{
		{ID: "trial", Name: "Trial", Revision: 1, Credits: 10, Period: "once"},
		{ID: "hobby", Name: "Hobby", Revision: 1, Credits: 18, Period: "month"},
		{ID: "creator", Name: "Creator", Revision: 1, Unlimited: true},
	} {
		if got, ok := plans.Find(strings.ToUpper(want.ID)); !ok || got != want {
			t.Errorf("%s is %+v", want.ID, got)
		}
	}
	if _, ok := plans.Find(""); ok {
		t.Error("there is a plan without a name")
	}
}

func TestPlanFileIsRefused(t *testing.T) {
	t.Parallel()
	good := `{"id": "a", "name": "A", "revision": 1, "credits": 5, "period": "month"}`
	for name, tc := range map[string]struct{ file, says string }{
		"no JSON":              {`plans: a`, "not a list of plans"},
		"no plan":              {`[]`, "no plan"},
		"two of one id":        {`[` + good + `,` + good + `]`, "twice"},
		"capitals":             {strings.Replace(`[`+good+`]`, `"a"`, `"Aa"`, 1), "lower case"},
		"no name":              {strings.Replace(`[`+good+`]`, `"A"`, `""`, 1), "no name"},
		"no revision":          {strings.Replace(`[`+good+`]`, `1`, `0`, 1), "revision"},
		"no credits":           {strings.Replace(`[`+good+`]`, `5`, `0`, 1), "credits"},
		"credits taken away":   {strings.Replace(`[`+good+`]`, `5`, `-5`, 1), "credits"},
		"a strange period":     {strings.Replace(`[`+good+`]`, `month`, `week`, 1), "period"},
		"unlimited and not":    {strings.Replace(`[`+good+`]`, `"credits"`, `"unlimited": true, "credits"`, 1), "unlimited"},
		"credits that overrun": {strings.Replace(`[`+good+`]`, `5`, `9223372036854775807`, 1), "credits"},
	} {
		if _, err := ReadPlans([]byte(tc.file)); err == nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: the message is %v", name, err)
		}
	}
	if _, err := ReadPlans([]byte(`[` + good + `]`)); err != nil {
		t.Error(err)
	}
}

func TestPeriodsAreMonthsInUTC(t *testing.T) {
	t.Parallel()
	monthly := Plan{Period: periodMonth}
	kiritimati := time.FixedZone("+14", 14*3600)
	if got := monthly.PeriodAt(time.Date(2026, 4, 1, 13, 59, 0, 0, kiritimati)); got != "2026-03" {
		t.Errorf("a clock east of Greenwich brings the month %s early", got)
	}
	if got := (Plan{Period: periodOnce}).PeriodAt(time.Now()); got != "once" {
		t.Errorf("the period is %s", got)
	}
}
