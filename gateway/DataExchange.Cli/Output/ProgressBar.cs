using System.Globalization;

namespace DataExchange.Cli.Output;

/// <summary>One line that fills while a person watches; silent otherwise. Redrawn only when its percentage changes.</summary>
internal sealed class ProgressBar(TextWriter writer, bool isVisible, string unit) : IDisposable
{
    private const int Width = 30;
    private int _percent = -1;
    private int _length;

    public void Report(long done, long total)
    {
        var percent = total == 0 ? 100 : (int)((Int128)done * 100 / total);
        if (!isVisible || percent == _percent)
        {
            return;
        }

        _percent = percent;
        var filled = percent * Width / 100;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"[{new string('#', filled)}{new string('.', Width - filled)}] {percent,3} %  {done:N0} of {total:N0} {unit}");
        writer.Write('\r' + line.PadRight(_length));
        writer.Flush();
        _length = line.Length;
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (_length > 0)
        {
            writer.Write('\r' + new string(' ', _length) + '\r');
            writer.Flush();
        }
    }
}
