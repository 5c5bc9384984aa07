package pluginhost_test

const hostEnv = "MAPWRIGHT_TEST_HOST"

func beHost() {}
