/** What every component stands on: problems told to people, pages of rows, the schema, the clock. Knows no other component. */
package org.berth.platform;
