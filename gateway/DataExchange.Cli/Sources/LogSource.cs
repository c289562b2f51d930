using System.CommandLine;

namespace DataExchange.Cli.Sources;

internal static class LogSource
{
    /// <summary>Opens an http(s) address, or else a folder.</summary>
    public static ILogSource Open(string location) =>
        Uri.TryCreate(location, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new HttpSource(address!)
            : new FolderSource(location);

    /// <summary>One text for one place, however it was typed: what was read there is remembered under it.</summary>
    public static string Identify(string location) =>
        Uri.TryCreate(location, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address!.AbsoluteUri.TrimEnd('/')
            : Path.TrimEndingDirectorySeparator(Path.GetFullPath(location));

    /// <summary>A log on the command line.</summary>
    public static Argument<string> Argument(string name = "log") =>
        new(name) { Description = "Address of the log, or a folder with a copy of it.", HelpName = "url|folder" };

    public static FindingException Unreadable(string location, string reason, Exception? cause = null) =>
        FindingException.CannotTell(FindingCode.SourceUnreadable, $"{location} cannot be read: {reason}", cause);
}
