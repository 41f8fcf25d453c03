package org.berth.settings;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A plan as it is stored. */
@Entity
@Table(name = "plan")
class Plan {

    @Id
    private long id;

    private String name;

    @Column(name = "memory_mib")
    private int memoryMiB;

    @Column(name = "cpu_percent")
    private int cpuPercent;

    private int tasks;

    @Column(name = "io_weight")
    private int ioWeight;

    @Column(name = "php_children")
    private int phpChildren;

    @Column(name = "disk_mib")
    private int diskMiB;

    private int files;

    @Column(name = "is_default")
    private boolean usual;

    protected Plan() {}

    PlanView view() {
        return new PlanView(id, name, memoryMiB, cpuPercent, tasks, ioWeight, phpChildren, diskMiB, files, usual);
    }
}
