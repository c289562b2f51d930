using DataExchange.Policy.Personal;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Governance;

/// <summary>The rows of all registers about people, read: a million of them are some seconds of parsing, so every core takes its part while the store goes on reading.</summary>
internal static class RegisterRows
{
    /// <summary>Rows that one worker parses at a time.</summary>
    private const int ChunkRows = 8192;

    /// <summary>The records whose newest entry stands from <paramref name="from"/> on and below <paramref name="end"/>, by ascending index.</summary>
    public static async ValueTask<PersonalRecord[]> ReadAsync(IStateReader state, long from, long end, CancellationToken cancellationToken)
    {
        var shared = new SharedTexts();
        var parsed = new List<PersonalRecord[]>();
        var working = new Queue<Task<PersonalRecord[]>>();
        foreach (var register in PersonalRegisters.All)
        {
            var chunk = new List<StateRow>();
            await foreach (var row in state.ReadAsync(register.Name, from, cancellationToken))
            {
                chunk.Add(row);
                if (chunk.Count == ChunkRows)
                {
                    // Bounded, so that rows do not pile up unparsed.
                    working.Enqueue(ParseAsync(register, chunk, end, shared, cancellationToken));
                    chunk = [];
                    if (working.Count > Environment.ProcessorCount)
                    {
                        parsed.Add(await working.Dequeue());
                    }
                }
            }

            parsed.Add(Parse(register, chunk, end, shared));
        }

        parsed.AddRange(await Task.WhenAll(working));
        PersonalRecord[] records = [.. parsed.SelectMany(chunk => chunk)];
        Array.Sort(Array.ConvertAll(records, record => record.LogIndex), records);
        return records;
    }

    private static Task<PersonalRecord[]> ParseAsync(PersonalRegister register, List<StateRow> rows, long end, SharedTexts shared, CancellationToken cancellationToken) =>
        Task.Run(() => Parse(register, rows, end, shared), cancellationToken);

    private static PersonalRecord[] Parse(PersonalRegister register, List<StateRow> rows, long end, SharedTexts shared) =>
        [.. rows.Where(row => row.Index < end).Select(row => register.ReadRow(row.Value.Span, row.Index, shared))];
}
