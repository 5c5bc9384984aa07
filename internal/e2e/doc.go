// Package e2e tests the product as people meet it: real files through the
// built command line, with plugins as real processes, killed, starved and
// judged by other people's programs. It has no code that runs in the product.
package e2e
