/** Accounts and tokens in the REST API. */
package org.berth.web.accounts;
