/* Plain C loops, to hold the engine against: loops FILE prints milliseconds as lines of "name least".
 * FILE: users, contracts, quota, pairs as int32; start[users + 1], contract[pairs], points[pairs], seats[contracts], brand[contracts].
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "problem.h"

enum { TIMES = 3, SCORES = 2000000 };

int32_t users, contracts, quota, pairs;
int32_t *start, *contract, *points, *seats, *brand;

static double now_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

void *room(size_t bytes) {
	void *p = malloc(bytes ? bytes : 1);
	if (!p) exit(1);
	return p;
}

static int32_t *column(FILE *file, size_t count) {
	int32_t *p = room(count * sizeof *p);
	if (fread(p, sizeof *p, count, file) != count) exit(1);
	return p;
}

/* three factors as logarithms, weighted 8, 2, 1 */
static double score(void) {
	double *column[3], *out = room(SCORES * sizeof *out);
	for (int k = 0; k < 3; k++) {
		column[k] = room(SCORES * sizeof *out);
		for (int i = 0; i < SCORES; i++) column[k][i] = -0.001 * ((i * 7 + k) % 1000);
	}
	const double *a = column[0], *d = column[1], *r = column[2];
	double least = 1e9;
	volatile double sink = 0;
	for (int t = 0; t < 2 * TIMES; t++) {
		double from = now_ms();
		for (int i = 0; i < SCORES; i++) out[i] = (8 * a[i] + 2 * d[i] + r[i]) / 11;
		double spent = now_ms() - from;
		sink += out[t];
		if (spent < least) least = spent;
	}
	for (int k = 0; k < 3; k++) free(column[k]);
	free(out);
	return least;
}

static int better_first(const void *p, const void *q) {
	int32_t a = *(const int32_t *)p, b = *(const int32_t *)q;
	return points[a] != points[b] ? (points[a] < points[b]) - (points[a] > points[b]) : (a > b) - (a < b);
}

/* does the holder p stand behind q at their contract? ties go to the earlier user, whose pairs come first */
static int is_worse(int32_t p, int32_t q) {
	return points[p] < points[q] || (points[p] == points[q] && p > q);
}

static void sift_down(int32_t *heap, int32_t size, int32_t p) {
	int32_t i = 0;
	for (int32_t child; (child = 2 * i + 1) < size; i = child) {
		if (child + 1 < size && is_worse(heap[child + 1], heap[child])) child++;
		if (!is_worse(heap[child], p)) break;
		heap[i] = heap[child];
	}
	heap[i] = p;
}

static void sift_up(int32_t *heap, int32_t i, int32_t p) {
	for (int32_t parent; i > 0 && is_worse(p, heap[parent = (i - 1) / 2]); i = parent) heap[i] = heap[parent];
	heap[i] = p;
}

/* deferred acceptance as textbooks have it: whole sorted lists, a heap of holders at each contract; brands left out */
static int64_t textbook(void) {
	int32_t *list = room(pairs * sizeof *list), *owner = room(pairs * sizeof *owner);
	int32_t *next = room(users * sizeof *next), *held = calloc(users, sizeof *held), *waiting = room((users + (size_t)pairs) * sizeof *waiting);
	int32_t **heap = room(contracts * sizeof *heap), *size = calloc(contracts, sizeof *size);
	for (int32_t c = 0; c < contracts; c++) heap[c] = room(seats[c] * sizeof **heap);
	for (int32_t u = 0; u < users; u++) {
		for (int32_t p = start[u]; p < start[u + 1]; p++) list[p] = p, owner[p] = u;
		qsort(list + start[u], start[u + 1] - start[u], sizeof *list, better_first);
		next[u] = start[u];
		waiting[u] = users - 1 - u;
	}
	for (int32_t count = users; count > 0;) {
		int32_t u = waiting[--count];
		while (held[u] < quota && next[u] < start[u + 1]) {
			int32_t p = list[next[u]++], c = contract[p];
			if (size[c] < seats[c]) {
				sift_up(heap[c], size[c]++, p);
				held[u]++;
			} else if (seats[c] > 0 && is_worse(heap[c][0], p)) {
				int32_t out = owner[heap[c][0]];
				sift_down(heap[c], size[c], p);
				held[u]++;
				held[out]--;
				waiting[count++] = out;
			}
		}
	}
	int64_t total = 0;
	for (int32_t c = 0; c < contracts; c++) {
		for (int32_t i = 0; i < size[c]; i++) total += points[heap[c][i]];
		free(heap[c]);
	}
	free(list), free(owner), free(next), free(held), free(waiting), free(heap), free(size);
	return total;
}

/* prints the least time of a matching, and the sum of points it gives */
static void report(const char *name, int64_t (*match)(void)) {
	double least = 1e9;
	int64_t total = 0;
	for (int t = 0; t < TIMES; t++) {
		double from = now_ms();
		total = match();
		double spent = now_ms() - from;
		if (spent < least) least = spent;
	}
	printf("%s %.3f\n%s-total %lld\n", name, least, name, (long long)total);
}

int main(int count, char **words) {
	FILE *file = count > 1 ? fopen(words[1], "rb") : NULL;
	if (!file) return 1;
	int32_t *head = column(file, 4);
	users = head[0], contracts = head[1], quota = head[2], pairs = head[3];
	start = column(file, users + 1), contract = column(file, pairs), points = column(file, pairs);
	seats = column(file, contracts), brand = column(file, contracts);
	printf("score %.3f\n", score());
	report("textbook", textbook);
	report("stable", stable);
	return 0;
}
