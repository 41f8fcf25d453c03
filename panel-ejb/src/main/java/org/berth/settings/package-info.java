/** What an administrator decides for the whole host; for now the plans, which say how much a site may use. */
package org.berth.settings;
