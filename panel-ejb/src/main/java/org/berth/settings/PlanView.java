package org.berth.settings;

/**
 * How much a site may use.
 *
 * @param cpuPercent share of one core; 200 is two cores
 * @param tasks processes and threads at once
 * @param ioWeight share of the disk, 1 to 10000, 100 is usual
 * @param phpChildren PHP requests at once
 * @param files files and folders on disk
 * @param isDefault whether new sites get it
 */
public record PlanView(
        long id,
        String name,
        int memoryMiB,
        int cpuPercent,
        int tasks,
        int ioWeight,
        int phpChildren,
        int diskMiB,
        int files,
        boolean isDefault) {}
