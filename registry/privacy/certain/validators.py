"""The validators of ``python-stdnum`` that hold a check digit, by what may be tried where.

It has 213; run on every number of a text they would find one in any price (security.md, section 5).
"""

from __future__ import annotations

from collections.abc import Callable

from stdnum import luhn
from stdnum.ar import cuit as ar_cuit
from stdnum.at import vnr as at_vnr
from stdnum.au import tfn as au_tfn
from stdnum.be import eid as be_eid
from stdnum.be import nn as be_nn
from stdnum.bg import egn as bg_egn
from stdnum.br import cpf as br_cpf
from stdnum.by import unp as by_unp
from stdnum.ca import bc_phn as ca_bc_phn
from stdnum.ca import sin as ca_sin
from stdnum.ch import ssn as ch_ssn
from stdnum.ch import uid as ch_uid
from stdnum.cl import rut as cl_rut
from stdnum.cn import ric as cn_ric
from stdnum.co import nit as co_nit
from stdnum.cr import cpf as cr_cpf
from stdnum.cu import ni as cu_ni
from stdnum.cz import rc as cz_rc
from stdnum.de import idnr as de_idnr
from stdnum.dk import cpr as dk_cpr
from stdnum.do import cedula as do_cedula
from stdnum.do import rnc as do_rnc
from stdnum.dz import nif as dz_nif
from stdnum.ec import ci as ec_ci
from stdnum.ec import ruc as ec_ruc
from stdnum.ee import ik as ee_ik
from stdnum.eg import tn as eg_tn
from stdnum.es import dni as es_dni
from stdnum.es import nie as es_nie
from stdnum.es import nif as es_nif
from stdnum.fi import hetu as fi_hetu
from stdnum.fr import nif as fr_nif
from stdnum.fr import nir as fr_nir
from stdnum.gb import nhs as gb_nhs
from stdnum.gb import upn as gb_upn
from stdnum.gh import tin as gh_tin
from stdnum.gr import amka as gr_amka
from stdnum.gt import nit as gt_nit
from stdnum.hr import oib as hr_oib
from stdnum.hu import anum as hu_anum
from stdnum.id import nik as id_nik
from stdnum.ie import pps as ie_pps
from stdnum.il import idnr as il_idnr
from stdnum.in_ import aadhaar as in_aadhaar
from stdnum.in_ import pan as in_pan
from stdnum.in_ import vid as in_vid
from stdnum.is_ import kennitala as is_kennitala
from stdnum.it import codicefiscale as it_codicefiscale
from stdnum.jp import in_ as jp_in_
from stdnum.kr import rrn as kr_rrn
from stdnum.lt import asmens as lt_asmens
from stdnum.lv import pvn as lv_pvn
from stdnum.md import idno as md_idno
from stdnum.mk import edb as mk_edb
from stdnum.mu import nid as mu_nid
from stdnum.mx import curp as mx_curp
from stdnum.mx import rfc as mx_rfc
from stdnum.my import nric as my_nric
from stdnum.mz import nuit as mz_nuit
from stdnum.nl import bsn as nl_bsn
from stdnum.no import fodselsnummer as no_fodselsnummer
from stdnum.nz import ird as nz_ird
from stdnum.pe import ruc as pe_ruc
from stdnum.pk import cnic as pk_cnic
from stdnum.pl import pesel as pl_pesel
from stdnum.pt import cc as pt_cc
from stdnum.pt import nif as pt_nif
from stdnum.py import ruc as py_ruc
from stdnum.ro import cnp as ro_cnp
from stdnum.rs import pib as rs_pib
from stdnum.ru import inn as ru_inn
from stdnum.se import personnummer as se_personnummer
from stdnum.si import emso as si_emso
from stdnum.sk import rc as sk_rc
from stdnum.th import pin as th_pin
from stdnum.tn import mf as tn_mf
from stdnum.tr import tckimlik as tr_tckimlik
from stdnum.ua import rntrc as ua_rntrc
from stdnum.us import itin as us_itin
from stdnum.uy import rut as uy_rut
from stdnum.ve import rif as ve_rif
from stdnum.vn import mst as vn_mst
from stdnum.za import idnr as za_idnr

Check = Callable[[str], bool]
EMIRATES, SAUDI = 15, 10
"""Digits of an identity number."""


def is_gulf(bare: str) -> bool:
    """Identity numbers of the Emirates (784…) and Saudi Arabia (1…, 2…), checked as cards are (Luhn)."""
    fits = (len(bare) == EMIRATES and bare.startswith("784")) or (len(bare) == SAUDI and bare[0] in "12")
    return fits and bool(luhn.is_valid(bare))


LETTERED: tuple[Check, ...] = (
    es_dni.is_valid, es_nie.is_valid, it_codicefiscale.is_valid, mx_curp.is_valid, mx_rfc.is_valid,
    cl_rut.is_valid, cn_ric.is_valid, fr_nir.is_valid, fi_hetu.is_valid, in_pan.is_valid,
    pt_cc.is_valid, ve_rif.is_valid, ie_pps.is_valid, gb_upn.is_valid,
)  # fmt: skip
"""Tried on tokens of their form."""
DIGITS: tuple[Check, ...] = (
    br_cpf.is_valid, in_aadhaar.is_valid, za_idnr.is_valid, tr_tckimlik.is_valid, pl_pesel.is_valid,
    il_idnr.is_valid, ro_cnp.is_valid, cn_ric.is_valid, fr_nir.is_valid, ar_cuit.is_valid,
    gb_nhs.is_valid, nl_bsn.is_valid, be_nn.is_valid, de_idnr.is_valid, ec_ci.is_valid,
    do_cedula.is_valid, kr_rrn.is_valid, th_pin.is_valid, se_personnummer.is_valid,
    no_fodselsnummer.is_valid, dk_cpr.is_valid, cz_rc.is_valid, sk_rc.is_valid, gr_amka.is_valid,
    ch_ssn.is_valid, uy_rut.is_valid, co_nit.is_valid, bg_egn.is_valid, nz_ird.is_valid,
    pt_nif.is_valid, ua_rntrc.is_valid, lt_asmens.is_valid, ee_ik.is_valid, at_vnr.is_valid,
    hr_oib.is_valid, si_emso.is_valid, jp_in_.is_valid, ca_sin.is_valid, ca_bc_phn.is_valid,
    is_kennitala.is_valid, ru_inn.is_valid, id_nik.is_valid, au_tfn.is_valid, mz_nuit.is_valid,
    lv_pvn.is_valid, mk_edb.is_valid, is_gulf,
)  # fmt: skip
"""Tried on nine digits and more."""
AFTER_A_WORD: tuple[Check, ...] = (
    *DIGITS,
    gt_nit.is_valid, pe_ruc.is_valid, ec_ruc.is_valid, py_ruc.is_valid, cl_rut.is_valid,
    fr_nif.is_valid, us_itin.is_valid, cr_cpf.is_valid, pk_cnic.is_valid, my_nric.is_valid,
    rs_pib.is_valid, hu_anum.is_valid, vn_mst.is_valid, do_rnc.is_valid, tn_mf.is_valid,
    gh_tin.is_valid, cu_ni.is_valid, mu_nid.is_valid, be_eid.is_valid, by_unp.is_valid, es_nif.is_valid,
    ch_uid.is_valid, dz_nif.is_valid, eg_tn.is_valid, in_vid.is_valid, md_idno.is_valid,
)  # fmt: skip
"""Tried after a word such as *cédula*."""
