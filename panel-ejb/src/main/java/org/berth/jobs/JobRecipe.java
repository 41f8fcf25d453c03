package org.berth.jobs;

import jakarta.json.JsonObject;
import java.util.List;
import org.berth.security.Permission;

/**
 * How one type of job is done: a CDI bean of the component that knows. The engine calls {@link #over} and {@link
 * #retrying} inside the transaction that stores the change of the job, so that rows and job never disagree.
 */
public interface JobRecipe {

    /** Name of the type, kebab-case, {@code <domain>-<action>}. */
    String type();

    /** Names of the steps that this input needs, in order. */
    List<String> steps(JsonObject input);

    /** A step by its name. */
    Step step(String name);

    /** What somebody must be allowed to retry or cancel such a job. */
    Permission permission(JobFacts job);

    /** Whether a failure takes back what was done, newest first. Only such jobs can be cancelled. */
    default boolean undoes() {
        return false;
    }

    /** Whether such a job, once failed, is tried again by itself until it succeeds. */
    default boolean triesAgain() {
        return false;
    }

    /** Nothing will happen any more; the rows must tell the truth now. */
    void over(JobFacts job, JobState outcome);

    /** Somebody wants it tried again; refuses when the world has moved on. */
    default void retrying(JobFacts job) {}
}
