package org.berth.web.platform;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The REST API. A change that would break a client gets a new number. */
@ApplicationPath(Api.PATH)
public class Api extends Application {

    /** Where it begins. */
    public static final String PATH = "/api/v1";
}
