package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (c *command) plugin() *cobra.Command {
	return group("plugin", "The format plugins that are installed", c.pluginList(), c.pluginInfo())
}

func (c *command) pluginList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the formats", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := c.workshop()
			if err != nil {
				return err
			}
			type pluginJSON struct {
				ID      string `json:"id"`
				Version string `json:"version"`
				Name    string `json:"name"`
				Folder  string `json:"folder"`
				Broken  string `json:"broken,omitempty"`
			}
			plugins := []pluginJSON{}
			for _, p := range w.Plugins(cmd.Context()) {
				j := pluginJSON{ID: p.Manifest.ID, Version: p.Manifest.Version, Name: p.Manifest.Name, Folder: p.Dir}
				if p.Err != nil {
					j.Broken = p.Err.Error()
				}
				plugins = append(plugins, j)
			}
			if c.json {
				c.print(map[string]any{"plugins": plugins})
				return nil
			}
			for _, p := range plugins {
				state := p.Folder
				if p.Broken != "" {
					state = "broken: " + p.Broken
				}
				c.say("%-8s %-8s %-8s %s", p.ID, p.Version, p.Name, state)
			}
			return nil
		},
	}
}

func (c *command) pluginInfo() *cobra.Command {
	return &cobra.Command{
		Use: "info FORMAT", Short: "Show a format and its options", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			w, err := c.workshop()
			if err != nil {
				return err
			}
			p, err := w.Plugin(args[0])
			if err != nil {
				return err
			}
			type optionJSON struct {
				Key         string `json:"key"`
				Type        string `json:"type"`
				Unit        string `json:"unit"`
				Default     any    `json:"default"`
				Description string `json:"description"`
			}
			options := []optionJSON{}
			for _, o := range p.Manifest.Options {
				options = append(options, optionJSON{o.Key, string(o.Type), o.Unit, o.Default, o.Description})
			}
			m := p.Manifest
			if c.json {
				c.print(map[string]any{"id": m.ID, "version": m.Version, "name": m.Name, "description": m.Description, "extension": m.Extension, "options": options})
				return nil
			}
			c.say("%s %s: %s", m.Name, m.Version, m.Description)
			for _, o := range options {
				c.say("  --set %-24s %s", fmt.Sprintf("%s.%s=%v", m.ID, o.Key, o.Default), o.Description)
			}
			return nil
		},
	}
}
