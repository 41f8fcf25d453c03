/** The page on which people look after their own account. */
package org.berth.web.account;
