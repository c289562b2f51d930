using System.Security.Cryptography;
using DataExchange.Enforcement.Subjects.Keys;

namespace DataExchange.Enforcement.Tests.Subjects;

/// <summary>A master key in memory.</summary>
internal sealed class MemoryMasterKey : IMasterKey
{
    private byte[]? _key;

    public ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken) => new(_key?.ToArray());

    public ValueTask<byte[]> CreateAsync(CancellationToken cancellationToken)
    {
        Interlocked.CompareExchange(ref _key, RandomNumberGenerator.GetBytes(IMasterKey.Size), null);
        return new(_key.ToArray());
    }
}
