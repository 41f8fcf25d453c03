/**
 * People and their accounts: who there is, how they prove who they are (password, API token), and how long a session
 * holds. Boundaries: {@link org.berth.accounts.Accounts}, {@link org.berth.accounts.Authentication}, {@link
 * org.berth.accounts.ApiTokens}.
 */
package org.berth.accounts;
