// Package architecture holds, as a test, the rules of which package may import
// which. It has no code that runs in the product.
package architecture
