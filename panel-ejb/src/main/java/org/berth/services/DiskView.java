package org.berth.services;

/**
 * A file system on which the host keeps something that grows.
 *
 * @param path the folder that was asked about, such as {@code /srv/sites}
 * @param files how many files it can hold (inodes); 0 where there is no such limit
 */
public record DiskView(String path, long mib, long freeMib, long files, long freeFiles) {

    private static final long LEAST_MIB = 1024;
    private static final long LEAST_FILES = 10_000;

    /** Whether less than a gibibyte, of small disks less than a tenth, is left. */
    boolean isNearlyFull() {
        return freeMib < Math.min(LEAST_MIB, mib / 10);
    }

    /** Whether less than 10,000 files, of small disks less than a tenth, can still be made. */
    boolean isNearlyOutOfFiles() {
        return files > 0 && freeFiles < Math.min(LEAST_FILES, files / 10);
    }
}
