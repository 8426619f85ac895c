/* One city's matching problem, as the bench writes it. */
#include <stddef.h>
#include <stdint.h>

extern int32_t users, contracts, quota, pairs;
/* pairs of user u are start[u] ... start[u + 1] - 1, by ascending contract */
extern int32_t *start, *contract, *points, *seats, *brand;

/* memory that is there, or the program ends */
void *room(size_t bytes);

/* sum of points of the stable matching, found as the engine finds it */
int64_t stable(void);
