/** Scripts that complete the command line without starting Java at every TAB. */
package dev.resurge.starter.completion;
