package org.berth.web.settings;

import org.berth.settings.PlanView;

/** A plan as the API shows it. */
public record PlanJson(
        long id,
        String name,
        int memoryMib,
        int cpuPercent,
        int tasks,
        int ioWeight,
        int phpChildren,
        int diskMib,
        int files,
        boolean isDefault) {

    /** The plan as it is. */
    public static PlanJson of(PlanView plan) {
        return new PlanJson(
                plan.id(),
                plan.name(),
                plan.memoryMiB(),
                plan.cpuPercent(),
                plan.tasks(),
                plan.ioWeight(),
                plan.phpChildren(),
                plan.diskMiB(),
                plan.files(),
                plan.isDefault());
    }
}
