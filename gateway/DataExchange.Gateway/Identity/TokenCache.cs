using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace DataExchange.Gateway.Identity;

/// <summary>
/// Validated tokens by hash until they expire, so that a signature is checked once a token and not once a request. Bounded: two
/// generations of at most <see cref="Capacity"/> each; when the young one is full it becomes the old one and the old one is dropped,
/// so that tokens in use stay and a flood of tokens costs no more than checking them again.
/// </summary>
public sealed class TokenCache(TimeProvider clock, int capacity = TokenCache.Capacity)
{
    public const int Capacity = 10_000;

    private readonly Lock _turning = new();
    private volatile ConcurrentDictionary<TokenHash, Caller> _young = new();
    private volatile ConcurrentDictionary<TokenHash, Caller> _old = new();

    /// <summary>Never returns a token at or after its <c>exp</c>.</summary>
    public bool TryGet(TokenHash hash, [NotNullWhen(true)] out Caller? caller)
    {
        if (!_young.TryGetValue(hash, out caller))
        {
            if (!_old.TryGetValue(hash, out caller))
            {
                return false;
            }

            Add(hash, caller);
        }

        if (caller.Expires > clock.GetUtcNow())
        {
            return true;
        }

        _young.TryRemove(hash, out _);
        caller = null;
        return false;
    }

    public void Add(TokenHash hash, Caller caller)
    {
        var young = _young;
        young[hash] = caller;
        if (young.Count < capacity)
        {
            return;
        }

        lock (_turning)
        {
            if (ReferenceEquals(young, _young))
            {
                _old = young;
                _young = new ConcurrentDictionary<TokenHash, Caller>();
            }
        }
    }
}
