using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using DataExchange.Contracts.Records;

namespace DataExchange.Enforcement.Subjects;

/// <summary>
/// The subjects used lately, in two generations. When the young one is full it becomes the old one and what was old is forgotten;
/// a subject found in the old one moves up. So memory is bounded, whoever is used stays, and a look-up takes no lock.
/// </summary>
internal sealed class SubjectCache(int capacity)
{
    private readonly int _generationSize = Math.Max(1, capacity / 2);
    private volatile Generations _generations = new(new(), new());

    public bool TryGet(SubjectRef id, [NotNullWhen(true)] out Subject? subject)
    {
        var generations = _generations;
        if (generations.Young.Find(id) is { } found)
        {
            subject = found;
            return true;
        }

        subject = generations.Old.Find(id);
        if (subject is not null)
        {
            Add(id, subject);
        }

        return subject is not null;
    }

    public void Add(SubjectRef id, Subject subject)
    {
        var generations = _generations;
        if (generations.Young.Add(id, subject) >= _generationSize)
        {
            // Whoever comes first turns the generations; the others' entry is in the one that is now old.
            Interlocked.CompareExchange(ref _generations, new Generations(new(), generations.Young), generations);
        }
    }

    private sealed record Generations(Generation Young, Generation Old);

    private sealed class Generation
    {
        private readonly ConcurrentDictionary<SubjectRef, Subject> _subjects = new();
        private int _count; // ConcurrentDictionary.Count takes every lock there is

        public Subject? Find(SubjectRef id) => _subjects.TryGetValue(id, out var subject) ? subject : null;

        public int Add(SubjectRef id, Subject subject) =>
            _subjects.TryAdd(id, subject) ? Interlocked.Increment(ref _count) : Volatile.Read(ref _count);
    }
}
