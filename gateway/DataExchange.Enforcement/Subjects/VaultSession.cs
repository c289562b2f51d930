using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Subjects.Keys;
using DataExchange.Policy.Subjects;

namespace DataExchange.Enforcement.Subjects;

/// <summary>
/// The vault's keys and the subjects that were opened with them. When the master key changes both are left behind together: whoever
/// was just opening a row of an erased subject remembers it in a cache that nobody asks any more.
/// </summary>
internal sealed class VaultSession(VaultKeys keys, int cachedSubjects)
{
    public VaultKeys Keys => keys;

    public SubjectCache Cache { get; } = new(cachedSubjects);

    public Subject Remember(SubjectRef id, StoredSubject row)
    {
        var subject = SubjectRows.Open(row, keys);
        Cache.Add(id, subject);
        return subject;
    }
}
