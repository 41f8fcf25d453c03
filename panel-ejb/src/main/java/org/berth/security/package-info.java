/** Who acts and what they may do; secrets at rest. */
package org.berth.security;
