using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Subjects.Keys;

namespace DataExchange.Enforcement.Tests.Subjects;

/// <summary>The guarantees of a key keeper in memory.</summary>
internal sealed class MemoryMasterKey : IMasterKey
{
    private MasterKey? _current;
    private MasterKey? _next;

    public ValueTask<MasterKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        new(_current?.Id == id ? _current : _next?.Id == id ? _next : null);

    public ValueTask<MasterKey> GetOrCreateAsync(CancellationToken cancellationToken)
    {
        if (_next is not null)
        {
            throw new SubjectVaultException("One stands beside it.");
        }

        Interlocked.CompareExchange(ref _current, MasterKey.Create(), null);
        return new(_current);
    }

    public ValueTask<MasterKey> CreateNextAsync(CancellationToken cancellationToken) =>
        Interlocked.CompareExchange(ref _next, MasterKey.Create(), null) is null ? new(_next) : throw new SubjectVaultException("There is one.");

    public ValueTask<bool> IsChangingAsync(CancellationToken cancellationToken) => new(_next is not null);

    public ValueTask<bool> KeepOnlyAsync(string id, CancellationToken cancellationToken)
    {
        var kept = _current?.Id == id ? _current : _next?.Id == id ? _next : throw new SubjectVaultException("There is no such key.");
        var others = _next is not null;
        (_current, _next) = (kept, null);
        return new(others);
    }
}
