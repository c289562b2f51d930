namespace DataExchange.Adapters.Files.Snapshots;

/// <summary>Finds rows by the bytes of their first cell: open addressing over row numbers, four bytes a slot, at most two thirds full.</summary>
internal sealed class KeyIndex(RowStore rows)
{
    private int[] _slots = new int[16];
    private int _count;

    /// <summary>Adds a row; false when another row has the same key.</summary>
    public bool TryAdd(int row)
    {
        if (_count * 3 >= _slots.Length * 2)
        {
            Grow();
        }

        var slot = Slot(rows.Cell(row, 0));
        if (_slots[slot] != 0)
        {
            return false;
        }

        _slots[slot] = row + 1;
        _count++;
        return true;
    }

    /// <summary>The row with the key, or −1.</summary>
    public int Find(ReadOnlySpan<byte> key) => _slots[Slot(key)] - 1;

    // The slot that holds the key, or the free one where it would go.
    private int Slot(ReadOnlySpan<byte> key)
    {
        // Seeded anew in each process, so nobody can prepare numbers that all fall into one slot.
        var hash = default(HashCode);
        hash.AddBytes(key);
        var slot = hash.ToHashCode() & (_slots.Length - 1);
        while (_slots[slot] != 0 && !rows.Cell(_slots[slot] - 1, 0).SequenceEqual(key))
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new int[old.Length * 2];
        foreach (var entry in old)
        {
            if (entry != 0)
            {
                _slots[Slot(rows.Cell(entry - 1, 0))] = entry;
            }
        }
    }
}
