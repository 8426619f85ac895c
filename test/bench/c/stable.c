/* The engine's own algorithm for stable matching with shared points, in plain C: users offer, contracts keep their best,
 * lists cut to what would still take a user, lines guessed from samples. Ties go to the earlier user and contract; the engine draws luck.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "problem.h"

/* one run, over the users named and with seats of their own */
typedef struct {
	int32_t count, width;
	const int32_t *user, *seats;
	int32_t *line, *line_place, *size, *room, **heap_points, **heap_place;
	int32_t *held, *list_pair, *list_contract, *list_points, *length;
	uint8_t *is_cut, *has_spare;
} Run;

static uint8_t *has_sibling;

static int32_t *filled(size_t count, int32_t value) {
	int32_t *column = room(count * sizeof *column);
	for (size_t i = 0; i < count; i++) column[i] = value;
	return column;
}

/* would contract c, whose line user u just meets, take her? */
static int passes_tie(const Run *run, int32_t c, int32_t u) {
	int32_t h = run->line_place[c];
	return h == -1 || (h >= 0 && u <= run->user[h / quota]);
}

static int is_worse(int32_t points, int32_t place, int32_t than_points, int32_t than_place) {
	return points < than_points || (points == than_points && place > than_place);
}

static void sift(Run *run, int32_t c, int32_t j, int32_t p, int32_t h) {
	int32_t *heap_points = run->heap_points[c], *heap_place = run->heap_place[c], size = run->seats[c];
	for (int32_t child; (child = 2 * j + 1) < size; j = child) {
		int32_t right = child + 1;
		if (right < size && is_worse(heap_points[right], heap_place[right], heap_points[child], heap_place[child])) child = right;
		if (!is_worse(heap_points[child], heap_place[child], p, h)) break;
		heap_points[j] = heap_points[child];
		heap_place[j] = heap_place[child];
	}
	heap_points[j] = p;
	heap_place[j] = h;
}

/* seats place h at contract c; the place that is left for it, or -1 */
static int32_t admit(Run *run, int32_t c, int32_t h, int32_t p) {
	int32_t vacated = -1;
	if (run->size[c] < run->seats[c]) {
		int32_t i = run->size[c]++;
		if (i == run->room[c]) {
			run->room[c] = i ? 2 * i : 16;
			run->heap_points[c] = realloc(run->heap_points[c], run->room[c] * sizeof(int32_t));
			run->heap_place[c] = realloc(run->heap_place[c], run->room[c] * sizeof(int32_t));
			if (!run->heap_points[c] || !run->heap_place[c]) exit(1);
		}
		run->heap_points[c][i] = p;
		run->heap_place[c][i] = h;
		if (run->size[c] < run->seats[c]) return vacated;
		for (int32_t j = run->seats[c] / 2 - 1; j >= 0; j--) sift(run, c, j, run->heap_points[c][j], run->heap_place[c][j]);
	} else {
		vacated = run->heap_place[c][0];
		sift(run, c, 0, p, h);
	}
	run->line[c] = run->heap_points[c][0];
	run->line_place[c] = run->heap_place[c][0];
	return vacated;
}

/* the best contract of each brand that would take user[i] now, the best `width` of them */
static void refill(Run *run, int32_t i) {
	int32_t u = run->user[i], width = run->width, from = i * width, count = 0, spares = 0, worst = INT32_MIN;
	int32_t top_pair[width], top_points[width];
	int32_t willing[contracts], willing_count = 0;
	for (int32_t p = start[u]; p < start[u + 1]; p++)
		if (points[p] >= run->line[contract[p]]) willing[willing_count++] = p;

	for (int32_t j = 0; j < willing_count; j++) {
		int32_t p = willing[j], a = points[p];
		if (a < worst) continue;
		int32_t c = contract[p];
		if (a == run->line[c] && !passes_tie(run, c, u)) continue;
		int32_t k = count;
		if (has_sibling[c])
			for (k = 0; k < count; k++)
				if (brand[contract[top_pair[k]]] == brand[c]) break;
		if (k == count && count < width) count++;
		else {
			if (k == count) k--;
			else spares++;
			if (a <= top_points[k]) continue;
		}
		for (; k > 0 && a > top_points[k - 1]; k--) {
			top_points[k] = top_points[k - 1];
			top_pair[k] = top_pair[k - 1];
		}
		top_points[k] = a;
		top_pair[k] = p;
		if (count == width) worst = top_points[width - 1];
	}
	for (int32_t k = 0; k < count; k++) {
		run->list_pair[from + k] = top_pair[k];
		run->list_contract[from + k] = contract[top_pair[k]];
		run->list_points[from + k] = top_points[k];
	}
	run->length[i] = count;
	run->is_cut[i] = count == width;
	run->has_spare[i] = spares > 0;
}

static int holds(const Run *run, int32_t i, int32_t p) {
	for (int32_t h = i * quota; h < (i + 1) * quota; h++)
		if (run->held[h] == p) return 1;
	return 0;
}

static Run propose(int32_t count, const int32_t *user, const int32_t *seat_count, const int32_t *lines) {
	int32_t width = 2 * quota > 4 ? 2 * quota : 4;
	Run run = {.count = count, .width = width, .user = user, .seats = seat_count};
	run.line = filled(contracts, INT32_MIN);
	run.line_place = filled(contracts, -1);
	if (lines) memcpy(run.line, lines, contracts * sizeof *lines);
	for (int32_t c = 0; c < contracts; c++)
		if (seat_count[c] == 0) run.line[c] = INT32_MAX, run.line_place[c] = -2;
	run.size = filled(contracts, 0);
	run.room = filled(contracts, 0);
	run.heap_points = calloc(contracts, sizeof *run.heap_points);
	run.heap_place = calloc(contracts, sizeof *run.heap_place);
	run.held = filled((size_t)count * quota, -1);
	run.list_pair = room((size_t)count * width * sizeof(int32_t));
	run.list_contract = room((size_t)count * width * sizeof(int32_t));
	run.list_points = room((size_t)count * width * sizeof(int32_t));
	run.length = filled(count, 0);
	run.is_cut = room(count);
	memset(run.is_cut, 1, count);
	run.has_spare = room(count);
	memset(run.has_spare, 0, count);
	int32_t *waiting = room(count * sizeof *waiting), left = quota > 0 ? count : 0;
	uint8_t *is_waiting = room(count);
	memset(is_waiting, 1, count);
	for (int32_t i = 0; i < count; i++) waiting[i] = count - 1 - i;

	while (left > 0) {
		int32_t i = waiting[--left], u = user[i];
		is_waiting[i] = 0;
		for (;;) {
			int32_t offered = 0, must_refill = 0, end = i * width + run.length[i];
			for (int32_t e = i * width; e < end && offered < quota; e++) {
				if (holds(&run, i, run.list_pair[e])) {
					offered++;
					continue;
				}
				int32_t c = run.list_contract[e], b = run.list_points[e];
				if (b < run.line[c] || (b == run.line[c] && !passes_tie(&run, c, u))) {
					if (!has_sibling[c] || !run.has_spare[i]) continue;
					must_refill = 1;
					break;
				}
				offered++;
				int32_t h = i * quota;
				while (run.held[h] >= 0) h++;
				run.held[h] = run.list_pair[e];
				int32_t vacated = admit(&run, c, h, b);
				if (vacated < 0) continue;
				run.held[vacated] = -1;
				int32_t j = vacated / quota;
				if (!is_waiting[j]) is_waiting[j] = 1, waiting[left++] = j;
			}
			if (!must_refill && (offered == quota || !run.is_cut[i])) break;
			refill(&run, i);
		}
	}
	free(waiting), free(is_waiting);
	return run;
}

static void close_run(Run *run) {
	for (int32_t c = 0; c < contracts; c++) free(run->heap_points[c]), free(run->heap_place[c]);
	free(run->heap_points), free(run->heap_place), free(run->line), free(run->line_place), free(run->size), free(run->room);
	free(run->held), free(run->list_pair), free(run->list_contract), free(run->list_points), free(run->length), free(run->is_cut), free(run->has_spare);
}

/* lines from two samples with their share of the seats, a few deviations low; NULL for a small city */
static int32_t *guess_lines(void) {
	static const int32_t sizes[] = {1500, 12000};
	int32_t *lines = NULL;
	for (int k = 0; k < 2 && users >= 4 * sizes[k]; k++) {
		int32_t stride = users / sizes[k], count = users / stride;
		int32_t *user = room(count * sizeof *user), *share = room(contracts * sizeof *share);
		for (int32_t i = 0; i < count; i++) user[i] = i * stride + (int32_t)((int64_t)i * 7919 % stride);
		for (int32_t c = 0; c < contracts; c++) {
			double mean = (double)seats[c] * count / users;
			share[c] = (int32_t)fmin(count + 1, ceil(mean + 3.5 * sqrt(mean) + 1));
		}
		Run run = propose(count, user, share, lines);
		if (!lines) lines = filled(contracts, INT32_MIN);
		for (int32_t c = 0; c < contracts; c++) lines[c] = run.size[c] == share[c] ? run.line[c] : INT32_MIN;
		close_run(&run), free(user), free(share);
	}
	return lines;
}

int64_t stable(void) {
	has_sibling = room(contracts);
	for (int32_t c = 0; c < contracts; c++) {
		has_sibling[c] = 0;
		for (int32_t d = 0; d < contracts; d++) has_sibling[c] |= d != c && brand[d] == brand[c];
	}
	int32_t *everybody = room(users * sizeof *everybody), *lines = guess_lines();
	for (int32_t u = 0; u < users; u++) everybody[u] = u;

	Run run = propose(users, everybody, seats, lines);
	int is_low = 1;
	for (int32_t c = 0; lines && c < contracts; c++)
		if (lines[c] != INT32_MIN && run.size[c] < seats[c]) is_low = 0;
	if (!is_low) close_run(&run), run = propose(users, everybody, seats, NULL);

	/* the answer as the engine gives it: a mask over pairs */
	uint8_t *is_given = calloc(pairs, 1);
	int64_t total = 0;
	for (int32_t h = 0; h < users * quota; h++)
		if (run.held[h] >= 0) is_given[run.held[h]] = 1, total += points[run.held[h]];
	free(is_given), free(lines), free(everybody), free(has_sibling);
	close_run(&run);
	return total;
}
