using DataExchange.Adapters.Configuration;
using DataExchange.Adapters.Fields;

namespace DataExchange.Adapters.Files;

/// <summary>What the drop-folder adapter is told: one folder, and a file in it for each dataset.</summary>
public sealed record FilesSettings
{
    /// <summary>Where files are dropped. It need not exist yet. <c>Adapter:Files:Folder</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>How often the folder is looked at when nothing announces a change; 5 seconds unless told. <c>Adapter:Files:LookEvery</c>.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a replaced file has to stand unchanged before it is read, for writers that do not rename a finished file into place;
    /// 1 second unless told. <c>Adapter:Files:SettleFor</c>.
    /// </summary>
    public TimeSpan SettleFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Largest file in bytes; 1 GiB unless told. Its mapped columns are held in memory. <c>Adapter:Files:MaxFileMegabytes</c>.</summary>
    public long MaxFileBytes { get; init; } = 1024L << 20;

    /// <summary>At least one.</summary>
    public required IReadOnlyList<FilesDataset> Datasets { get; init; }

    /// <summary>Reads the section <c>Adapter</c>.</summary>
    public static FilesSettings Read(SettingsReader adapter)
    {
        var files = adapter.Section("Files");
        return new FilesSettings
        {
            Folder = files.Required("Folder", "Set it to the folder that the register's export is dropped into."),
            LookEvery = files.Duration("LookEvery", TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
            SettleFor = files.Duration("SettleFor", TimeSpan.FromSeconds(1), TimeSpan.Zero, TimeSpan.FromMinutes(10)),
            MaxFileBytes = (long)files.Integer("MaxFileMegabytes", 1024, 1, 16 * 1024) << 20,
            Datasets = DatasetSettings.Read(adapter, static _ => null, Dataset),
        };
    }

    private static FilesDataset Dataset(SettingsReader section, DatasetMap map) => new()
    {
        Map = map,
        File = FileName(section, "File", section.Required("File", "Set it to the name of the dataset's file in the drop folder.")),
        Key = section.Required("Key", "Set it to the heading of the column that holds the subject's number."),
        Encoding = (section.OneOf("Encoding", 'u', ("utf-8", 'u'), ("gb18030", 'g')) == 'g') ? FileEncodings.Gb18030 : FileEncodings.Utf8,
        Delimiter = section.OneOf("Delimiter", ',', (",", ','), (";", ';'), ("|", '|'), ("tab", '\t')),
        Trailer = section.Optional("Trailer"),
        RowCountFile = section.Optional("RowCountFile") is { } name ? FileName(section, "RowCountFile", name) : null,
    };

    // A plain name: what is read stays inside the folder whatever the configuration says.
    private static string FileName(SettingsReader section, string setting, string name)
    {
        if (name.Length > 0 && (name != Path.GetFileName(name) || name is "." or ".." || name.Contains('\\', StringComparison.Ordinal)))
        {
            section.Errors.Invalid(section.KeyOf(setting), name, "Use a plain file name; the folder is Adapter:Files:Folder.");
        }

        return name;
    }
}
