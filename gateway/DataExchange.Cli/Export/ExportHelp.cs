using DataExchange.Cli.Output;

namespace DataExchange.Cli.Export;

internal static class ExportHelp
{
    public const string Text = $"""
        Details:
          Writes a log as a folder of C2SP tlog-tiles that any web server can host: checkpoint, vkey, tile/<L>/<N>, tile/entries/<N>,
          and the partial tiles of the exported checkpoint. Everything is verified on the way, as dx verify does it.

          The source is an address, a folder with such files, or the data folder of a gateway, running or not; from a data folder the
          newest checkpoint that was published is exported, and --log says which of the two logs; a log that was retired is called
          access-1, and is exported at the checkpoint that was at hand when it was retired.

          A second run into the same folder reads and writes only what is new; it refuses a log that does not extend what is there.
          The checkpoint is replaced last, in one step, when everything under it is on the disk: a run that is killed leaves the older
          tree whole, and the next run completes it. Partial tiles whose full tile has come are removed after that.

        {Manual.Key}

        Examples:
          dx export https://log.example/access /srv/mirror/access --vkey "$VKEY"
          dx export /var/lib/data-exchange /srv/mirror/governance --log governance --vkey "$VKEY"

        {Manual.ExitCodes}

        Files:
          <target>/checkpoint   replaced last; what is in it is complete
          *.tmp                 left by a run that was killed; overwritten by the next
        """;
}
