using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DataExchange.TransparencyLog.Tests.Faults;

/// <summary>One system call that succeeded, as strace wrote it down.</summary>
/// <param name="Began">Line on which it began. What a sync covers had begun before it.</param>
/// <param name="Ended">Line on which it ended. What it did may have happened anywhere between the two.</param>
/// <param name="Name">The call.</param>
/// <param name="Path">The file that the descriptor or the first string names.</param>
/// <param name="Strings">Its string arguments, paths and data.</param>
/// <param name="Numbers">Its plain numbers behind the first argument.</param>
/// <param name="Flags">The whole argument list, for the names of flags.</param>
internal sealed partial record RecordedCall(
    int Began, int Ended, string Name, string Path, IReadOnlyList<byte[]> Strings, IReadOnlyList<long> Numbers, string Flags)
{
    /// <summary>The arguments for strace that record what <see cref="Parse"/> reads.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
        ["-y", "-xx", "-s", "4000000", "-e", "trace=openat,pwrite64,write,ftruncate,?link,?rename,?unlink,fsync,fdatasync"];

    public static IReadOnlyList<RecordedCall> Parse(IReadOnlyList<string> trace)
    {
        var unfinished = new Dictionary<string, (int Began, string Text)>();
        var calls = new List<RecordedCall>();
        for (var line = 0; line < trace.Count; line++)
        {
            var (thread, text) = (trace[line].Split(' ', 2)[0], trace[line].Split(' ', 2)[1].TrimStart());
            var began = line;
            if (text.EndsWith(" <unfinished ...>", StringComparison.Ordinal))
            {
                unfinished[thread] = (line, text[..^" <unfinished ...>".Length]);
                continue;
            }

            if (Resumed().Match(text) is { Success: true } resumed)
            {
                (began, var start) = unfinished[thread];
                text = start + text[resumed.Length..];
            }

            if (Call().Match(text) is { Success: true } call)
            {
                calls.Add(Read(began, line, call.Groups[1].Value, call.Groups[2].Value));
            }
        }

        return calls;
    }

    private static RecordedCall Read(int began, int ended, string name, string arguments)
    {
        var strings = Quoted().Matches(arguments).Select(match => Bytes(match.Groups[1].Value)).ToList();
        var numbers = Number().Matches(arguments).Select(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        var file = Descriptors().Match(arguments);
        var path = file.Success ? Bytes(file.Groups[1].Value) : strings.FirstOrDefault([]);
        return new RecordedCall(began, ended, name, Encoding.UTF8.GetString(path), strings, numbers, arguments);
    }

    private static byte[] Bytes(string escaped) => Convert.FromHexString(escaped.Replace("\\x", "", StringComparison.Ordinal));

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>")]
    private static partial Regex Resumed();

    // A negative result is a call that failed and did nothing.
    [GeneratedRegex(@"^(\w+)\((.*)\)\s+= \d+(<.*)?$", RegexOptions.Singleline)]
    private static partial Regex Call();

    [GeneratedRegex("\"((?:\\\\x[0-9a-f]{2})*)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@", (\d+)(?=,|$)")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\d+<((?:\\x[0-9a-f]{2})*)>")]
    private static partial Regex Descriptors();
}
