using Microsoft.Extensions.Logging;

namespace DataExchange.Storage.Space;

/// <summary>
/// Refuses appends while little room is left, before the volume is full: what is there can still be read, stopped, copied into its
/// place and backed up, and an operator has room to work in. Takes them again a quarter above the mark, so that it does not flutter.
/// </summary>
/// <remarks>Measured every two seconds and whenever some megabytes have been written; an append only looks at a flag.</remarks>
public sealed class DiskWatermark : IDisposable
{
    private const long MeasureBytes = 8 << 20;
    private const int LeastPart = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly string _folder;
    private readonly long _minFree;
    private readonly Func<string, VolumeSpace> _measure;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _gate = new(); // One measurement at a time: the timer's and a writer's.
    private volatile string? _refusal;
    private long _written;

    /// <param name="folder">The data folder.</param>
    /// <param name="minFree">Bytes to be kept free; on a small volume a twentieth of it, where that is less. 0 for none.</param>
    /// <param name="measure">Tells the room; <see cref="VolumeSpace.Of"/>.</param>
    /// <param name="clock">Makes the timer.</param>
    /// <param name="logger">Is told when the mark is passed, either way.</param>
    public DiskWatermark(string folder, long minFree, Func<string, VolumeSpace> measure, TimeProvider clock, ILogger<DiskWatermark> logger)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfNegative(minFree);
        (_folder, _minFree, _measure, _logger) = (Path.GetFullPath(folder), minFree, measure, logger);
        _timer = clock.CreateTimer(static self => ((DiskWatermark)self!).Measure(), this, Interval, Interval);
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>So many bytes were committed.</summary>
    internal void Wrote(long bytes)
    {
        if (Interlocked.Add(ref _written, bytes) >= MeasureBytes)
        {
            Interlocked.Exchange(ref _written, 0);
            Measure();
        }
    }

    /// <exception cref="StorageException">Little room is left.</exception>
    internal void ThrowIfLow()
    {
        if (_refusal is { } refusal)
        {
            throw new StorageException(refusal);
        }
    }

    /// <summary>Looks now, and says what it found.</summary>
    internal void Measure()
    {
        lock (_gate)
        {
            VolumeSpace space;
            try
            {
                space = _measure(_folder);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                StorageLog.SpaceUnknown(_logger, _folder, exception); // Not a reason to refuse or to accept: what was last known stands, and a full disk refuses by itself.
                return;
            }

            var mark = Math.Min(_minFree, space.Total / LeastPart);
            var enough = mark + (mark / 4);
            if (space.Free < (_refusal is null ? mark : enough))
            {
                if (_refusal is null)
                {
                    StorageLog.SpaceLow(_logger, _folder, space.Free, mark);
                }

                _refusal = $"The volume of '{_folder}' has {space.Free >> 20} MiB left; {mark >> 20} MiB are kept free. Make room: appends go on by themselves above {enough >> 20} MiB.";
            }
            else if (_refusal is not null)
            {
                _refusal = null;
                StorageLog.SpaceRegained(_logger, _folder, space.Free);
            }
        }
    }
}
