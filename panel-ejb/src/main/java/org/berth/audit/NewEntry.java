package org.berth.audit;

import org.berth.security.Actor;

/** What an entry says, before it is written. */
public record NewEntry(Actor actor, String action, Target target, Result result, String detail, long job) {}
