/**
 * Work that outlives a request: jobs made of steps whose results are stored one by one, so that a crash never loses nor
 * repeats more than one step. Components describe their work as {@link org.berth.jobs.JobRecipe}s and hand it to the
 * {@link org.berth.jobs.JobQueue}; everybody else sees it through {@link org.berth.jobs.Jobs}.
 */
package org.berth.jobs;
