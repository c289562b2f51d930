using System.Text;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Faults;

/// <summary>
/// A folder on a disk that promises no more than POSIX does: a file's bytes are safe after its fsync, a name after the folder's. What
/// is not safe yet may be there after a power cut or not, in any order, and a write may have got there in part, by sectors of 512 bytes.
/// </summary>
internal sealed class SimulatedDisk(string folder)
{
    private const int Sector = 512;

    private readonly Dictionary<string, Name> _names = [];

    /// <summary>Takes what stands in the folder for safe.</summary>
    public void Load()
    {
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            _names[Path.GetFileName(path)] = new Name { Safe = new Content { Safe = File.ReadAllBytes(path) } };
        }
    }

    public void Apply(RecordedCall call)
    {
        var name = Path.GetFileName(call.Path);
        switch (call.Name)
        {
            case "openat" when call.Flags.Contains("O_CREAT", StringComparison.Ordinal) && Find(name) is null:
                Point(name, new Content(), call);
                break;
            case "pwrite64":
                Find(name)?.Waiting.Add(new Change(call.Began, call.Strings[^1], call.Numbers[^1]));
                break;
            case "write": // Key files only, and those are written from the start.
                Find(name)?.Waiting.Add(new Change(call.Began, call.Strings[^1], 0));
                break;
            case "ftruncate":
                Find(name)?.Waiting.Add(new Change(call.Began, null, call.Numbers[^1]));
                break;
            case "rename" or "link":
                Point(Path.GetFileName(Encoding.UTF8.GetString(call.Strings[1])), Find(name), call);
                if (call.Name == "rename")
                {
                    Point(name, null, call);
                }

                break;
            case "unlink":
                Point(name, null, call);
                break;
            case "fsync" or "fdatasync" when call.Path == folder:
                foreach (var entry in _names.Values)
                {
                    entry.Sync(call.Began);
                }

                break;
            case "fsync" or "fdatasync":
                Find(name)?.Sync(call.Began);
                break;
        }
    }

    /// <summary>Whether a call concerns this folder.</summary>
    public bool Holds(RecordedCall call) =>
        call.Path == folder || Path.GetDirectoryName(call.Path) == folder;

    /// <summary>What a kill leaves: everything, because the system lives on.</summary>
    public Dictionary<string, byte[]> AfterKill() => Image(name => name.Now, content => content.Now());

    /// <summary>The least that a power cut leaves.</summary>
    public Dictionary<string, byte[]> AfterWorstPowerCut() => Image(name => name.Safe, content => content.Safe);

    /// <summary>A power cut that some of what was not safe has survived.</summary>
    public Dictionary<string, byte[]> AfterPowerCut(Chance chance)
    {
        // A name's changes survive in their order; which of the writes survive is decided one by one.
        var percent = chance.Below(101);
        return Image(
            name => chance.Below(name.Waiting.Count + 1) is > 0 and var kept ? name.Waiting[(int)kept - 1].Content : name.Safe,
            content => content.Now(chance, percent));
    }

    private Content? Find(string name) => _names.GetValueOrDefault(name)?.Now;

    private void Point(string name, Content? content, RecordedCall call)
    {
        _names.TryAdd(name, new Name());
        _names[name].Waiting.Add((call.Began, content));
    }

    private Dictionary<string, byte[]> Image(Func<Name, Content?> pick, Func<Content, byte[]> read)
    {
        var image = new Dictionary<string, byte[]>();
        foreach (var (name, entry) in _names)
        {
            if (pick(entry) is { } content)
            {
                image[name] = read(content);
            }
        }

        return image;
    }

    private sealed record Change(int Began, byte[]? Data, long Position);

    private sealed class Name
    {
        public Content? Safe { get; set; }

        public List<(int Began, Content? Content)> Waiting { get; } = [];

        public Content? Now => Waiting.Count > 0 ? Waiting[^1].Content : Safe;

        public void Sync(int began)
        {
            while (Waiting.Count > 0 && Waiting[0].Began < began)
            {
                Safe = Waiting[0].Content;
                Waiting.RemoveAt(0);
            }
        }
    }

    private sealed class Content
    {
        public byte[] Safe { get; set; } = [];

        public List<Change> Waiting { get; } = [];

        public void Sync(int began)
        {
            var safe = new MemoryStream();
            safe.Write(Safe);
            foreach (var change in Waiting.Where(change => change.Began < began))
            {
                Write(safe, change, () => true);
            }

            Safe = safe.ToArray();
            Waiting.RemoveAll(change => change.Began < began);
        }

        /// <param name="chance">Decides what of the unsafe changes is there, and which third of those is torn; null for all of them.</param>
        /// <param name="percent">How many of a hundred are there.</param>
        public byte[] Now(Chance? chance = null, long percent = 100)
        {
            var now = new MemoryStream();
            now.Write(Safe);
            foreach (var change in Waiting.Where(_ => chance is null || chance.In100(percent)))
            {
                var isTorn = chance is not null && chance.In100(33);
                Write(now, change, () => !isTorn || chance!.In100(50));
            }

            return now.ToArray();
        }

        private static void Write(MemoryStream file, Change change, Func<bool> sectorSurvives)
        {
            if (change.Data is not { } data)
            {
                file.SetLength(change.Position);
                return;
            }

            for (var at = 0; at < data.Length;)
            {
                var length = (int)Math.Min(data.Length - at, Sector - ((change.Position + at) % Sector));
                if (sectorSurvives())
                {
                    file.SetLength(Math.Max(file.Length, change.Position + at + length)); // A hole before it reads as zeros.
                    file.Position = change.Position + at;
                    file.Write(data.AsSpan(at, length));
                }

                at += length;
            }
        }
    }
}
