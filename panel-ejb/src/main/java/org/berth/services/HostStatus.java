package org.berth.services;

import jakarta.ejb.Stateless;
import org.berth.security.Actor;

/** What the host has and how it fares, at most some seconds old. */
@Stateless
public class HostStatus {

    /** The host. Owners see what concerns their sites: PHP versions and addresses. */
    public HostView host(Actor actor) {
        throw new UnsupportedOperationException();
    }
}
