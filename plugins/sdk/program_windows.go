package sdk

// ProgramName is the name of a plugin's executable beside its manifest.json.
const ProgramName = "plugin.exe"
