using DataExchange.Policy.Model;
using DataExchange.Policy.Quotas;

namespace DataExchange.Enforcement.Quotas;

/// <summary>The present window of one agreement: the block that places are taken from, and the one reserved ahead.</summary>
internal sealed class QuotaWindow(IQuotaStore store, string agreement)
{
    /// <summary>A block is a part of the quota, so that what a crash loses is one too.</summary>
    private const int BlocksInAQuota = 32;

    private const int MaxBlock = 1024;

    // Guards the rest: the change of window and the blocks have to be seen together.
    private readonly Lock _lock = new();
    private (long StartMs, long EndMs) _window = (long.MinValue, long.MinValue);
    private QuotaBlock _block;
    private QuotaBlock _ahead;
    private bool _isExhausted;
    private Task? _reserving;

    /// <summary>How many places are reserved at a time.</summary>
    public static int BlockOf(Quota quota) => Math.Clamp(quota.Requests / BlocksInAQuota, 1, MaxBlock);

    public async ValueTask<(int Used, long WindowEndMs)> TakeAsync(Quota quota, long nowMs, TimeSpan offset)
    {
        while (true)
        {
            Task reserving;
            lock (_lock)
            {
                // Only forward: a request that was judged just before the turn counts in the new window rather than reopening the old one.
                if (quota.WindowAt(nowMs, offset) is var window && window.StartMs > _window.StartMs)
                {
                    (_window, _block, _ahead, _isExhausted, _reserving) = (window, default, default, false, null);
                }

                if (TryTake(out var place))
                {
                    ReserveAhead(quota);
                    return (place, _window.EndMs);
                }

                if (_isExhausted)
                {
                    return (quota.Requests, _window.EndMs);
                }

                reserving = _reserving ??= ReserveAsync(_window.StartMs, quota);
            }

            await reserving;
        }
    }

    /// <summary>How many places are taken. Takes none.</summary>
    public async ValueTask<int> UsedAsync(Quota quota, long nowMs, TimeSpan offset)
    {
        var window = quota.WindowAt(nowMs, offset);
        lock (_lock)
        {
            if (_window.StartMs >= window.StartMs && (_block.Count > 0 ? _block : _ahead) is { Count: > 0 } next)
            {
                return next.First;
            }
        }

        return await store.GivenAsync(agreement, window.StartMs, CancellationToken.None);
    }

    /// <summary>Gives back what nobody used. Nobody takes a place any more.</summary>
    public async Task ReturnAsync()
    {
        var reserving = Volatile.Read(ref _reserving);
        if (reserving is not null)
        {
            await reserving;
        }

        // The last first: only the end of what was given can be given back.
        foreach (var unused in new[] { _ahead, _block }.Where(block => block.Count > 0))
        {
            await store.ReturnAsync(agreement, _window.StartMs, unused, CancellationToken.None);
        }

        (_block, _ahead) = (default, default);
    }

    private bool TryTake(out int place)
    {
        if (_block.Count == 0)
        {
            (_block, _ahead) = (_ahead, default);
        }

        place = _block.First;
        if (_block.Count == 0)
        {
            return false;
        }

        _block = new QuotaBlock(_block.First + 1, _block.Count - 1);
        return true;
    }

    // Half a block before it is needed. Blocks of one place are not reserved ahead: a crash would lose a large part of such a quota.
    private void ReserveAhead(Quota quota)
    {
        var size = BlockOf(quota);
        if (size > 1 && _block.Count <= size / 2 && _ahead.Count == 0 && !_isExhausted)
        {
            _reserving ??= ReserveAsync(_window.StartMs, quota);
        }
    }

    private async Task ReserveAsync(long windowMs, Quota quota)
    {
        // Off the lock, which the caller holds until the first await.
        await Task.Yield();
        try
        {
            var block = await store.TakeAsync(agreement, windowMs, BlockOf(quota), quota.Requests, CancellationToken.None);
            lock (_lock)
            {
                if (_window.StartMs == windowMs)
                {
                    _isExhausted = block.Count == 0;
                    (_block, _ahead) = _block.Count == 0 ? (block, _ahead) : (_block, block);
                }
            }
        }
        finally
        {
            lock (_lock)
            {
                if (_window.StartMs == windowMs)
                {
                    _reserving = null;
                }
            }
        }
    }
}
