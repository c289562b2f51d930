// This folder is compiled into the witness as well, which may not refer to this library and where its types are internal. What others
// use of it is public here.
namespace DataExchange.TransparencyLog.Keys
{
    public static partial class DirectorySync;

    public static partial class FileSync;
}

namespace DataExchange.TransparencyLog
{
    public sealed partial class KeyFileException;
}
