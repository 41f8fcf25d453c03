/** What the host is and how it fares: PHP versions, addresses, memory, disk, services, and whether Berth is healthy. */
package org.berth.services;
