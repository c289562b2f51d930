using System.Globalization;

namespace DataExchange.Cli.Output;

/// <summary>One line that fills while a person watches, with rate and time left; silent otherwise.</summary>
internal sealed class ProgressBar(DxConsole console, string unit) : IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Redraw = TimeSpan.FromSeconds(1);

    private readonly long _began = console.Clock.GetTimestamp();
    private readonly Interval _redraw = new(console.Clock, Redraw);
    private int _percent = -1;
    private int _length;

    public void Report(long done, long total)
    {
        var percent = total == 0 ? 100 : (int)((Int128)done * 100 / total);
        if (!console.IsTerminal || (percent == _percent && !_redraw.IsOver()))
        {
            return;
        }

        _percent = percent;
        var filled = percent * Width / 100;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"[{new string('#', filled)}{new string('.', Width - filled)}] {percent,3} %  {done:N0} of {total:N0} {unit}{Pace(done, total)}");
        console.Error.Write('\r' + line.PadRight(_length));
        console.Error.Flush();
        _length = line.Length;
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (_length > 0)
        {
            console.Error.Write('\r' + new string(' ', _length) + '\r');
            console.Error.Flush();
        }
    }

    private string Pace(long done, long total)
    {
        var seconds = console.Clock.GetElapsedTime(_began).TotalSeconds;
        if (done == 0 || seconds < Redraw.TotalSeconds)
        {
            return "";
        }

        var rate = done / seconds;
        var left = TimeSpan.FromSeconds(Math.Min((total - done) / rate, TimeSpan.FromDays(99).TotalSeconds));
        return string.Create(CultureInfo.InvariantCulture, $"  {rate:N0}/s  {(left.TotalHours >= 1 ? left.ToString("d'd 'hh'h'mm", CultureInfo.InvariantCulture) : left.ToString("mm':'ss", CultureInfo.InvariantCulture))} left");
    }
}
