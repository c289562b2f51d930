using System.Globalization;
using System.Text;
using DataExchange.Adapters.Files;
using DataExchange.Adapters.Tests.Conformance;

namespace DataExchange.Adapters.Tests.Files;

/// <summary>A drop folder, and the register's exporter that writes into it.</summary>
internal sealed class DropFolder : IDisposable
{
    public const string File = "people.csv";
    public const string Header = "number,full name,地址,born,dependants,income,select,note,unmapped";

    public string Path { get; } = Directory.CreateTempSubdirectory("dx-drop").FullName;

    /// <summary>The whole register as CSV.</summary>
    public static string Csv(IEnumerable<Person> people) =>
        string.Concat(people.Select(Row).Prepend(Header).Select(row => row + "\r\n"));

    public static string Row(Person person) => string.Join(',', new[]
    {
        person.Number, person.Name, person.Address, person.Born?.Replace("-", "", StringComparison.Ordinal),
        person.Dependants?.ToString(CultureInfo.InvariantCulture), person.Income?.ToString(CultureInfo.InvariantCulture),
        person.Active switch { true => "是", false => "否", null => null }, person.Note, "secret",
    }.Select(Cell));

    /// <summary>Writes a finished file beside the folder and renames it into place, as a careful exporter does.</summary>
    public void Replace(byte[] content, string name = File)
    {
        var aside = System.IO.Path.Combine(Path, name + ".new");
        System.IO.File.WriteAllBytes(aside, content);
        System.IO.File.Move(aside, System.IO.Path.Combine(Path, name), overwrite: true);
    }

    public void Replace(string content, string name = File) => Replace(Encoding.UTF8.GetBytes(content), name);

    public Task<RunningAdapter> ServeAsync(string dataset = "\"Encoding\": \"utf-8\"", string? folder = null) => RunningAdapter.StartAsync(
        PeopleSettings.Json(
            $"\"Files\": {{ \"Folder\": \"{folder ?? Path}\", \"LookEvery\": \"00:00:05\", \"SettleFor\": \"00:00:01\", \"MaxFileMegabytes\": \"1\" }}, \"Limits\": {{ \"AnswerTimeout\": \"00:05:00\" }}",
            $"\"File\": \"{File}\", \"Key\": \"number\", {dataset}").Replace("\"Type\": \"date\"", "\"Type\": \"date\", \"Format\": \"yyyyMMdd\"", StringComparison.Ordinal)
            .Replace("\"Type\": \"boolean\"", "\"Type\": \"boolean\", \"Format\": \"是|否\"", StringComparison.Ordinal),
        FilesSettings.Read,
        static (settings, context) => new FilesSource(settings, context));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Cell(string? text) =>
        text is null ? "" : text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
