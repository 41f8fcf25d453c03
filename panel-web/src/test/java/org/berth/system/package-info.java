/**
 * Tests of the whole: a lab host with Berth installed, used through the browser, the REST API and the command line, and
 * looked at from inside. Nothing here is mocked; what a test asserts, it asks the host for.
 *
 * <p>Every test makes sites and people of its own, with names that no other test has, so that tests run in any order and
 * against a host that was used before.
 */
package org.berth.system;
